import type { Respond } from '../api.ts';
import type { apiVersions } from '../protocol/apis/api-versions.ts';
import { ERRORS } from '../protocol/errors.ts';
import type { Api, RequestOf, ResponseOf } from '../protocol/schema.ts';

type Ask = RequestOf<typeof apiVersions>;
type Answer = ResponseOf<typeof apiVersions>;

/** A name or version of client software that Kafka takes (KIP-511). */
const SOFTWARE = /^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$/;

/** Says what is served. A version that is not, marked by -1, gets error 35 together with the list. */
export function answerApiVersions(served: readonly Api[]): Respond<Ask, Answer> {
  const apiKeys = served.map(({ key, versions, advertisedFrom }) => ({
    apiKey: key,
    minVersion: advertisedFrom ?? versions[0],
    maxVersion: versions[1],
  }));
  return ({ clientSoftwareName, clientSoftwareVersion }, { apiVersion }) => {
    if (apiVersion < 0) return { errorCode: ERRORS.UNSUPPORTED_VERSION, apiKeys };
    const isNamed = SOFTWARE.test(clientSoftwareName) && SOFTWARE.test(clientSoftwareVersion);
    if (apiVersion >= 3 && !isNamed) return { errorCode: ERRORS.INVALID_REQUEST, apiKeys: [] };
    return { errorCode: ERRORS.NONE, apiKeys };
  };
}
