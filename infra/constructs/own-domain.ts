// A name of our own for one of the doors. The certificate and the zone are somebody else's: nothing is looked up here.
import { CfnOutput } from 'aws-cdk-lib';
import { DomainName, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import type { OwnName } from './stage.ts';

/** Null where no name is set: the door has the address that AWS gave it. */
export function ownDomain(scope: Construct, id: string, own: OwnName | undefined): DomainName | null {
  if (!own) return null;
  const domain = new DomainName(scope, id, {
    domainName: own.name,
    certificate: Certificate.fromCertificateArn(scope, `${id}Certificate`, own.certificateArn),
    securityPolicy: SecurityPolicy.TLS_1_2,
  });
  new CfnOutput(scope, `${id}Target`, {
    value: domain.regionalDomainName,
    description: `where ${own.name} has to point (CNAME)`,
  });
  return domain;
}
