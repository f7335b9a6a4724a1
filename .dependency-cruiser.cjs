// Imports point one way: domain <- prompts <- app <- http, adapters <- functions <- infra/local.
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: {
    pathNot: [from, ...allowed],
    dependencyTypesNot: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-no-pkg'],
  },
});

const domain = '^shared/domain/';
const prompts = '^shared/prompts/';
const app = '^shared/app/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'domain imports nothing but itself; time zones through the one file that wraps Temporal',
      from: { path: domain, pathNot: '^shared/domain/local-time\\.ts$' },
      to: { pathNot: domain },
    },
    {
      name: 'temporal-only-in-local-time',
      severity: 'error',
      from: { path: '^shared/domain/local-time\\.ts$' },
      to: { pathNot: [domain, 'node_modules/temporal-(polyfill|spec|utils)'] },
    },
    only('prompts', prompts, [domain], 'prompts know the domain only'),
    only('app', app, [domain, prompts], 'app knows prompts and domain'),
    only(
      'http',
      '^shared/http/',
      [domain, prompts, app, '^shared/adapters/twilio/'],
      'http translates; it knows the app and the Twilio wire format',
    ),
    only('adapters', '^shared/adapters/', [domain, prompts, app], 'adapters fill ports of the app'),
    {
      name: 'adapters-never-each-other',
      severity: 'error',
      from: { path: '^shared/adapters/([^/]+)/' },
      to: { path: '^shared/adapters/[^/]+/', pathNot: '^shared/adapters/$1/' },
    },
    {
      name: 'recording-is-the-recorder-alone',
      severity: 'error',
      comment: 'nothing that a survivor can reach is able to record: one number, one function, managers only',
      from: { path: '^(shared|functions)/', pathNot: '^shared/http/recorder\\.ts$' },
      to: {
        path: '^shared/adapters/twilio/recorder-',
        pathNot: '^shared/adapters/twilio/recorder-media\\.ts$',
      },
    },
    {
      name: 'the-recorder-is-a-function-of-its-own',
      severity: 'error',
      from: {
        path: '^(shared|functions)/',
        pathNot: '^(functions/audio(-places)?\\.ts$|shared/adapters/s3/)',
      },
      to: { path: '^shared/(http/recorder\\.ts|adapters/s3/recordings\\.ts)' },
    },
    {
      name: 'the-managers-api-is-a-function-of-its-own',
      severity: 'error',
      comment: 'what managers need must not slow the start of what answers a survivor',
      from: {
        path: '^(shared|functions)/',
        pathNot: '^(functions/(api|upkeep)\\.ts$|shared/http/api/|shared/adapters/(oidc|dynamodb)/)',
      },
      to: { path: '^shared/(http/api/|adapters/oidc/|adapters/dynamodb/office\\.ts)' },
    },
    only(
      'functions',
      '^functions/',
      ['^shared/', '^dist/api/types\\.ts$'],
      'functions never know where they run; the types of the API are made of its own document',
    ),
    only(
      'constructs',
      '^infra/(constructs/|app\\.ts|hotline-app\\.ts|hotline-stack\\.ts)',
      ['^infra/constructs/'],
      'constructs import no runtime code',
    ),
    only(
      'local',
      '^infra/local/',
      ['^shared/', '^functions/', '^infra/web/'],
      'the local machine is the outermost ring',
    ),
    only(
      'operate',
      '^infra/operate/',
      ['^shared/', '^functions/', '^infra/local/'],
      'whoever runs a deployment uses what runs in it',
    ),
    only('web', '^infra/web/', ['^shared/'], 'pages are built of sources; types of the document alone'),
    {
      name: 'a-page-is-no-function',
      severity: 'error',
      comment: 'what runs in a browser imports no I/O of ours, and what runs in a function imports no page',
      from: { path: '^functions/console/app/' },
      to: {
        path: '^(shared|functions)/',
        pathNot: '^(functions/console/app/|shared/domain/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-page-in-a-function',
      severity: 'error',
      from: { path: '^(shared|functions)/', pathNot: '^functions/console/app/' },
      to: { path: '^functions/console/app/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-dev-package-at-run-time',
      severity: 'error',
      from: { path: '^(shared|functions)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
