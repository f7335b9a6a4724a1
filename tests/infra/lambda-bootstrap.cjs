// What Lambda's own runtime does, in a few lines: loads the handler, asks for the next event, answers, and asks again.
// Must know nothing of what it runs.
const { join } = require('node:path');

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, _HANDLER = '' } = process.env;
const base = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const { request, Agent } = require('node:http');
const agent = new Agent({ keepAlive: true });

function ask(method, url, body) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, agent }, response => {
      const chunks = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () =>
        resolve({ headers: response.headers, text: Buffer.concat(chunks).toString() }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const described = error =>
  JSON.stringify({ errorType: error?.name, errorMessage: String(error?.message ?? error) });

async function run() {
  const [file = '', name = ''] = _HANDLER.split('.');
  let handler;
  try {
    // Nobody is asked anything before its top level is done.
    handler = (await import(join(LAMBDA_TASK_ROOT ?? '', `${file}.mjs`)))[name];
  } catch (error) {
    await ask('POST', `${base}/init/error`, described(error));
    process.exit(1);
  }
  for (;;) {
    const { headers, text } = await ask('GET', `${base}/invocation/next`);
    const id = headers['lambda-runtime-aws-request-id'];
    const context = {
      awsRequestId: id,
      getRemainingTimeInMillis: () => Number(headers['lambda-runtime-deadline-ms']) - Date.now(),
    };
    try {
      const result = await handler(JSON.parse(text), context);
      await ask('POST', `${base}/invocation/${id}/response`, JSON.stringify(result ?? null));
    } catch (error) {
      await ask('POST', `${base}/invocation/${id}/error`, described(error));
    }
  }
}

run();
