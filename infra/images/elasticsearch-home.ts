import { serverAccount } from '../local/src/account.ts';
import { readLocalConfig } from '../local/src/config.ts';
import { fetchElasticsearch } from '../local/src/elasticsearch-fetch.ts';
import { requireJava } from '../local/src/java-fetch.ts';

/** Prints the folder of the Elasticsearch that the local stack uses, fetched and given its analysis plugin first if need be. */
const tell = (message: string): void => {
  process.stderr.write(`  ${message}\n`);
};
const config = readLocalConfig();
const jvm = await requireJava(config, serverAccount(config.isRoot), tell);
process.stdout.write(`${await fetchElasticsearch(jvm, config, tell)}\n`);
