// A copy of the table every night, in a vault of its own: what is left when the table itself is deleted or ruined
// longer ago than point-in-time recovery reaches. Must never be kept long: a copy holds what the table has forgotten.
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';
import type { Danger } from './watch.ts';

/** The quiet hour of the stages that exist; the copy costs the table nothing at any hour. */
const everyNight = Schedule.cron({ minute: '0', hour: '22' });

interface Copied {
  readonly stage: Stage;
  readonly days: number;
  readonly table: Table;
  readonly key: IKey;
}

export class Backups extends Construct {
  readonly vault: BackupVault;

  constructor(scope: Construct, id: string, props: Copied) {
    super(scope, id);
    const { stage, days, table, key } = props;
    this.vault = new BackupVault(this, 'Vault', {
      backupVaultName: `pana-${stage.name}`,
      encryptionKey: key,
      removalPolicy: stage.removal,
    });
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: `pana-${stage.name}`,
      backupVault: this.vault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'every-night',
          scheduleExpression: everyNight,
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(4),
          deleteAfter: Duration.days(days),
        }),
      ],
    });
    plan.addSelection('Table', {
      role: this.copier(props),
      disableDefaultBackupPolicy: true, // a managed policy: it may copy every table of the account
      resources: [BackupResource.fromDynamoDbTable(table)],
    });
  }

  private copier({ table: { tableArn }, key }: Copied): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('backup.amazonaws.com') });
    const copies = `${tableArn}/backup/*`;
    role.addToPolicy(
      new PolicyStatement({
        actions: [
          'dynamodb:CreateBackup',
          'dynamodb:DescribeTable',
          'dynamodb:ListTagsOfResource',
          'dynamodb:StartAwsBackupJob',
        ],
        resources: [tableArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:DeleteBackup', 'dynamodb:DescribeBackup'],
        resources: [copies],
      }),
    );
    role.addToPolicy(keyThroughServices(this, key));
    const table = Stack.of(this).resolve(tableArn)['Fn::GetAtt'][0];
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${table}.Arn>/backup/*]`,
      reason: 'The copies of this one table: their names are given when they are made.',
    });
    return role;
  }
}

function keyThroughServices(scope: Construct, key: IKey): PolicyStatement {
  const { region } = Stack.of(scope);
  const services = ['backup', 'dynamodb'].map(service => `${service}.${region}.amazonaws.com`);
  return new PolicyStatement({
    actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': services } },
  });
}

export function backupsFail(vault: BackupVault): Danger {
  return {
    metric: new Metric({
      namespace: 'AWS/Backup',
      metricName: 'NumberOfBackupJobsFailed',
      dimensionsMap: { BackupVaultName: vault.backupVaultName },
      statistic: 'Sum',
      period: Duration.hours(1),
    }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    periods: 1,
    whenNothingIsReported: TreatMissingData.NOT_BREACHING,
    impact:
      'nobody meets anything now; if the table were deleted tonight, the last copy would be a day older.',
    action:
      'read why under AWS Backup, Jobs, mend it, and start the job by hand. Restoring to any second of 35 days works all ' +
      'the same while the table is there.',
  };
}
