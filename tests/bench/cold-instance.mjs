// One cold start and one event: loads a bundle as Lambda does, hands it the event, and says when and what it answered.
// Must know nothing of what it runs.
import { writeSync } from 'node:fs';

const [folder, event] = process.argv.slice(2);
const { handler } = await import(`${folder}/index.mjs`);
const askedAt = performance.now();
const answer = await handler(JSON.parse(event));
const firstMs = performance.now() - askedAt;
const { user, system } = process.cpuUsage();
const megabytes = process.resourceUsage().maxRSS / 1024;
writeSync(
  1,
  `${JSON.stringify({ firstMs, processorMs: (user + system) / 1000, megabytes, answer: answer ?? null })}\n`,
);
process.exit(0);
