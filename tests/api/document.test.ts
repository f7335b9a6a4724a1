// The OpenAPI document says what the router does, no more and no less, and keeps to the rules of such documents.
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { Api } from '../../shared/http/api/api.ts';
import { documentOf } from '../../shared/http/api/document.ts';
import { declareOperations } from '../../shared/http/api/manager-api.ts';
import { useOffices } from '../support/office.ts';

const offices = useOffices();
const api = new Api();
declareOperations(api);
const document = documentOf(api);
const inDocument = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
  Object.keys(methods).map(method => `${method} ${path}`),
);

test('every route of the router is in the document, and every operation of the document in the router', () => {
  const routed = new Set(
    api.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`),
  );
  expect([...routed].sort()).toEqual([...inDocument].sort());
});

test('each operation has a name of its own, says what it needs, and may fail as a problem', () => {
  const ids = api.operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const methods of Object.values(document.paths ?? {}))
    for (const operation of Object.values(methods as Record<string, Record<string, unknown>>)) {
      expect(operation['x-permission']).toBeTruthy();
      expect(JSON.stringify(operation['responses'])).toContain('application/problem+json');
    }
});

test('the document is free of faults', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    rules: { 'no-server-example.com': 'off', 'operation-4xx-response': 'off' },
  });
  const faults = await lintFromString({ source: JSON.stringify(document), config });
  const withoutSchemes = { ...document, components: { ...document.components, securitySchemes: {} } };
  const seen = await lintFromString({ source: JSON.stringify(withoutSchemes), config });
  expect(seen.length, 'the linter sees a fault when there is one').toBeGreaterThan(0);
  expect(faults.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

test('it is served as it is printed, and as a page without a script or anything from elsewhere', async () => {
  const { ask } = await offices.open();
  const served = await ask('nobody', 'GET', '/v1/openapi.json');
  expect(served.body).toEqual(JSON.parse(JSON.stringify(document)));
  const page = await ask('nobody', 'GET', '/v1/docs');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.text).not.toMatch(/<script|https?:\/\//);
  for (const { operationId } of api.operations) expect(page.text).toContain(`id="${operationId}"`);
});
