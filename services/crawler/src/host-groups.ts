import type { VisitJob } from '@newsmill/contracts';
import { siteDomain } from '@newsmill/core/url';
import type { JointCap } from '@newsmill/frontier';

/** A visit's places in the groups of its host. */
export interface Places {
  leave(): Promise<void>;
}

export interface HostGroups {
  /** A place in every group of the host, or the time after which to ask again. */
  enter(job: VisitJob, now: number, holdMs: number): Promise<Places | { readonly waitMs: number }>;
}

export interface HostGroupsOptions {
  readonly cap: JointCap;
  /** Hosts of one registered domain at once; 0: no limit. */
  readonly siteHostsMax: number;
  /** Hosts behind one address at once; 0: no limit. */
  readonly addressHostsMax: number;
  readonly addressOf: (hostname: string) => Promise<string | undefined>;
}

/** Which hosts stand together: those of one registered domain, and, where wanted, those behind one address. */
export function createHostGroups(options: HostGroupsOptions): HostGroups {
  const { cap, siteHostsMax, addressHostsMax } = options;

  async function groupsOf({ host }: VisitJob): Promise<[group: string, max: number][]> {
    const { hostname } = new URL(`http://${host}/`);
    const groups: [string, number][] = [];
    if (siteHostsMax > 0) groups.push([`site ${siteDomain(`http://${host}/`)}`, siteHostsMax]);
    const address = addressHostsMax > 0 ? await options.addressOf(hostname) : undefined;
    if (address !== undefined) groups.push([`address ${address}`, addressHostsMax]);
    return groups;
  }

  return {
    async enter(job, now, holdMs) {
      const entered: string[] = [];
      const leave = async () => {
        for (const group of entered.splice(0)) await cap.leave(group, job.hostId);
      };
      for (const [group, max] of await groupsOf(job)) {
        const waitMs = await cap.enter(group, job.hostId, max, now, holdMs);
        if (waitMs !== undefined) {
          await leave();
          return { waitMs };
        }
        entered.push(group);
      }
      return { leave };
    },
  };
}
