import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fetchJars, LIBS } from './java.ts';

/** What a managed cluster may forbid: settings of topics, and more partitions than are paid for. */
const SOURCE = `
import java.util.Map;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.server.policy.CreateTopicPolicy;

public class Managed implements CreateTopicPolicy {
  public void configure(Map<String, ?> settings) {}
  public void close() {}
  public void validate(RequestMetadata wanted) {
    if (wanted.topic().startsWith("__")) return;
    if (!wanted.configs().isEmpty()) throw new PolicyViolationException("settings are managed for you");
    if (wanted.numPartitions() > 6) throw new PolicyViolationException("your plan has 6 partitions a topic");
  }
}
`;

/** Why the policy cannot be made here, or nothing. */
export function whyNoPolicy(): string | undefined {
  return spawnSync('javac', ['-version'], { stdio: 'ignore' }).status === 0 ? undefined : 'javac does not run here';
}

/** Compiles the policy `Managed` and gives the folder with its class; it goes with whoever gives `folder`. */
export async function compilePolicy(folder = mkdtempSync(join(tmpdir(), 'lunchrush-policy-'))): Promise<string> {
  await fetchJars();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'Managed.java'), SOURCE);
  await promisify(execFile)('javac', ['-cp', `${LIBS}/*`, '-d', folder, join(folder, 'Managed.java')]);
  return folder;
}
