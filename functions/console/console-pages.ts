// Which address of the console is answered with what: a file, where to sign in, or the page itself, which then reads the
// address. Must never let a browser keep the page: what it loads changes with each release.
import type { APIGatewayProxyResult, LambdaEvent } from 'hono/aws-lambda';
import { pageHeaders } from './page-headers.ts';
import { type ServedFile, servedFiles } from './served-files.ts';
import type { Settings } from './settings.ts';

export function consolePages({ folder, signIn }: Settings): (event: LambdaEvent) => APIGatewayProxyResult {
  const files = servedFiles(folder);
  const page = files.get('/index.html');
  if (!page) throw new Error('the console has not been built: there is no index.html');
  // The token is fetched from the issuer, which may be at another address than the issuer's name.
  const headers = pageHeaders({ connect: [new URL(signIn.tokenEndpoint).origin] });
  return event => {
    const { path, isPacked } = asked(event);
    if (path === '/config.json') {
      return {
        statusCode: 200,
        headers: { ...headers, ...jsonHeaders },
        body: JSON.stringify(signIn),
        ...plain,
      };
    }
    const file = files.get(path) ?? (path.startsWith('/assets/') ? undefined : page);
    return file === undefined
      ? { statusCode: 404, headers: { ...headers, 'cache-control': 'no-store' }, body: '', ...plain }
      : sent(file, isPacked, headers);
  };
}

const plain = { isBase64Encoded: false } as const;
const jsonHeaders = { 'content-type': 'application/json', 'cache-control': 'no-cache' } as const;

function asked(event: LambdaEvent): { readonly path: string; readonly isPacked: boolean } {
  const { rawPath = '/', headers = {} } = event as {
    rawPath?: string;
    headers?: Readonly<Record<string, string | undefined>>;
  };
  return { path: rawPath, isPacked: /\bgzip\b/.test(headers['accept-encoding'] ?? '') };
}

function sent(
  file: ServedFile,
  isPacked: boolean,
  headers: Readonly<Record<string, string>>,
): APIGatewayProxyResult {
  const body = (isPacked ? file.packed : file.bytes).toString('base64');
  const encoding: Record<string, string> = isPacked ? { 'content-encoding': 'gzip' } : {};
  return {
    statusCode: 200,
    headers: { ...headers, ...file.headers, ...encoding },
    body,
    isBase64Encoded: true,
  };
}
