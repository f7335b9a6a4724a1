// What the first run asks of an AWS account, by the SDK's own clients: whose it is, what is deployed, what it may run, the
// secret, and who may sign in. Must never print a secret, and never change one that is filled.
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { parseSecrets } from '../../../shared/app/config.ts';
import { outputsOf } from '../deployment.ts';

export type Cloud = {
  /** The account's number. Throws when the credentials are none. */
  readonly account: () => Promise<string>;
  /** Null: the region has not been prepared for deployments. */
  readonly bootstrapVersion: () => Promise<number | null>;
  /** How many functions the account may run at once here. */
  readonly runsAtOnce: () => Promise<number>;
  readonly outputs: (stack: string) => Promise<ReadonlyMap<string, string> | null>;
  readonly isFilled: (secretArn: string) => Promise<boolean>;
  readonly fill: (secretArn: string, text: string) => Promise<void>;
  /** False: it was there. */
  readonly makeGroup: (poolId: string, group: string) => Promise<boolean>;
  readonly hasMembers: (poolId: string, group: string) => Promise<boolean>;
  /** Sends her an e-mail with a password for once. */
  readonly invite: (poolId: string, email: string, groups: readonly string[]) => Promise<void>;
};

/** Lambda's own name for "Concurrent executions". */
const RUNS_AT_ONCE = { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' };

export function cloudIn(region: string): Cloud {
  const formation = new CloudFormationClient({ region });
  const cognito = new CognitoIdentityProviderClient({ region });
  const secrets = new SecretsManagerClient({ region });
  return {
    account: async () => {
      const { Account = '' } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
      return Account;
    },
    bootstrapVersion: async () => {
      const version = (await outputsOf(formation, 'CDKToolkit'))?.get('BootstrapVersion');
      return version === undefined ? null : Number(version);
    },
    runsAtOnce: async () => {
      const { Quota } = await new ServiceQuotasClient({ region }).send(
        new GetServiceQuotaCommand(RUNS_AT_ONCE),
      );
      return Quota?.Value ?? 0;
    },
    outputs: stack => outputsOf(formation, stack),
    isFilled: async SecretId => {
      const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      return isWhole(SecretString);
    },
    fill: async (SecretId, SecretString) => {
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
    },
    makeGroup: async (UserPoolId, GroupName) => {
      try {
        await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName }));
        return true;
      } catch (error) {
        if (Object(error).name === 'GroupExistsException') return false;
        throw error;
      }
    },
    hasMembers: async (UserPoolId, GroupName) => {
      const { Users = [] } = await cognito.send(
        new ListUsersInGroupCommand({ UserPoolId, GroupName, Limit: 1 }),
      );
      return Users.length > 0;
    },
    invite: (poolId, email, groups) => invite(cognito, poolId, email, groups),
  };
}

function isWhole(text: string): boolean {
  try {
    parseSecrets(text);
    return true;
  } catch {
    return false;
  }
}

async function invite(
  cognito: CognitoIdentityProviderClient,
  UserPoolId: string,
  email: string,
  groups: readonly string[],
): Promise<void> {
  const attributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
  const user = { UserPoolId, Username: email };
  try {
    await cognito.send(
      new AdminCreateUserCommand({ ...user, UserAttributes: attributes, DesiredDeliveryMediums: ['EMAIL'] }),
    );
  } catch (error) {
    // Invited by an earlier run that stopped before she was in her groups.
    if (Object(error).name !== 'UsernameExistsException') throw error;
  }
  for (const GroupName of groups) await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
}
