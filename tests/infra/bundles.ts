// The bundles in what `cdk synth` made, and what each may take.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from './bundled-hotline.ts';

interface LambdaFunction {
  readonly Type: string;
  readonly Properties: {
    readonly Code: { readonly S3Key: string };
    readonly Handler: string;
    readonly MemorySize: number;
    readonly Timeout: number;
  };
}

/** A function's bundle, and what it may take, as the synthesized template has it. */
export function bundleIn(output: string, name: string): Bundle {
  const template = JSON.parse(readFileSync(join(output, 'Hotline.template.json'), 'utf8'));
  const [, found] =
    Object.entries<LambdaFunction>(template.Resources).find(
      ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(`${name}Function`),
    ) ?? [];
  if (!found) throw new Error(`there is no function ${name}`);
  const { Code, Handler, MemorySize, Timeout } = found.Properties;
  const folder = join(output, `asset.${Code.S3Key.replace(/\.zip$/, '')}`);
  return { folder, handler: Handler, megabytes: MemorySize, seconds: Timeout };
}
