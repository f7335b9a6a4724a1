// The one table and its three indexes, the one beside it for keys, and who may read which of them.
// Must never grant Scan, and never an index a function does not ask for: an index is a view on other people's rows.

import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type GlobalSecondaryIndexProps,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

export type IndexName = 'due' | 'duty' | 'list';

const indexes: ReadonlyArray<GlobalSecondaryIndexProps & { readonly indexName: IndexName }> = [
  {
    // Holds only requests with something pending. Keys only: the sweep re-reads each one consistently anyway.
    indexName: 'due',
    partitionKey: { name: 'dueShard', type: AttributeType.STRING },
    sortKey: { name: 'dueAt', type: AttributeType.NUMBER },
    projectionType: ProjectionType.KEYS_ONLY,
  },
  {
    // Whole rows: matching reads a region's roster in one query, the longest without an offer first.
    indexName: 'duty',
    partitionKey: { name: 'dutyRegion', type: AttributeType.STRING },
    sortKey: { name: 'lastOfferedAt', type: AttributeType.NUMBER },
    projectionType: ProjectionType.ALL,
  },
  {
    indexName: 'list',
    partitionKey: { name: 'listKey', type: AttributeType.STRING },
    sortKey: { name: 'listSort', type: AttributeType.STRING },
    projectionType: ProjectionType.ALL,
  },
];

export class Data extends Construct {
  readonly table: Table;
  /** Beside it: keys only, and no backup of any kind. */
  readonly keys: Table;

  constructor(scope: Construct, id: string, props: { readonly stage: Stage; readonly key: IKey }) {
    super(scope, id);
    const shared = {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.key,
      deletionProtection: props.stage.removal === RemovalPolicy.RETAIN,
      removalPolicy: props.stage.removal,
    };
    this.table = new Table(this, 'Table', {
      ...shared,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
    for (const index of indexes) this.table.addGlobalSecondaryIndex(index);
    this.keys = new Table(this, 'Keys', {
      ...shared,
      // As shared/adapters/dynamodb/keys.ts finds it.
      tableName: `${this.table.tableName}-keys`,
      // A key that is destroyed must be gone: a copy of it would bring back what somebody had erased.
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
    });
    Validations.of(this.keys).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'A key that somebody had destroyed would come back with a backup, and with it what was erased.',
    });
  }

  /** Rows by key, and nothing is changed. */
  allowRead(grantee: IGrantable): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      resourceArns: [this.table.tableArn, this.keys.tableArn],
    });
  }

  /** Rows by key, the named indexes by query, and the four kinds of item in a TransactWriteItems. */
  allow(grantee: IGrantable, readable: readonly IndexName[]): void {
    const tables = [this.table.tableArn, this.keys.tableArn];
    Grant.addToPrincipal({
      grantee,
      actions: [
        'dynamodb:BatchGetItem',
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
      resourceArns: tables,
    });
    Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:Query'],
      resourceArns: [...tables, ...readable.map(name => `${this.table.tableArn}/index/${name}`)],
    });
  }
}
