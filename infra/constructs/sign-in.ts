// Who managers are: a pool of users whom somebody invited, with a second factor, and the client by which a page signs them
// in. The role and the regions of each are groups; regions' groups are made with the settings, which name the regions.
// Must never let anybody sign up, and never go with its stack in a stage that keeps things.
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** As shared/domain/access.ts says what each may do. */
export const roleGroups = ['admin', 'manager', 'viewer', 'auditor'] as const;

export class SignIn extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly stage: Stage; readonly pages: readonly string[] },
  ) {
    super(scope, id);
    const { stage } = props;
    this.pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      mfa: Mfa.REQUIRED,
      // No SMS: it can be taken over with a SIM, and Twilio's country may not have it.
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: stage.removal === RemovalPolicy.RETAIN,
      removalPolicy: stage.removal,
    });
    Validations.of(this.pool).acknowledge({
      id: 'AwsSolutions-COG8',
      reason:
        'The plan that watches for stolen passwords costs 2 cents a user and month and adds to what is kept about when ' +
        'somebody signed in and from where. A second factor is required of everybody instead.',
    });
    for (const groupName of roleGroups)
      new CfnUserPoolGroup(this, groupName, { userPoolId: this.pool.userPoolId, groupName });
    this.client = this.pool.addClient('Page', {
      generateSecret: false, // a page can keep none: it proves itself by PKCE
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: [...props.pages],
        logoutUrls: [...props.pages],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12), // a day's shift; who was dismissed is out by then at the latest
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    new UserPoolDomain(this, 'Domain', {
      userPool: this.pool,
      // One in the world: the account's number makes it so.
      cognitoDomain: { domainPrefix: `pana-${stage.name}-${Stack.of(this).account}` },
    });
  }

  /** As it stands in the tokens' `iss`. */
  get issuer(): string {
    const { region, urlSuffix } = Stack.of(this);
    return `https://cognito-idp.${region}.${urlSuffix}/${this.pool.userPoolId}`;
  }
}
