// One cold start: loads a bundle as Lambda does, hands it one event and then the others, and says when and what it answered.
// Must know nothing of what it runs.
import { writeSync } from 'node:fs';

const [folder, first, ...others] = process.argv.slice(2);
const { handler } = await import(`${folder}/index.mjs`);
const askedAt = performance.now();
const answer = await handler(JSON.parse(first));
const firstMs = performance.now() - askedAt;
const { user, system } = process.cpuUsage();
const awakeMs = [];
for (const event of others) {
  const from = performance.now();
  await handler(JSON.parse(event));
  awakeMs.push(performance.now() - from);
}
const megabytes = process.resourceUsage().maxRSS / 1024;
const processorMs = (user + system) / 1000;
writeSync(1, `${JSON.stringify({ firstMs, processorMs, megabytes, awakeMs, answer: answer ?? null })}\n`);
process.exit(0);
