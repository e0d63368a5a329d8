// The settings of gait.yaml: what each is called, which values it takes, what it is when it is not set, and the
// sentence that editors show. docs/gait.schema.json is made from this; the flags of `gait sensor` have these names.

import { z } from 'zod'
import { LOG_LEVELS } from '../control/log-levels.ts'
import { rateLimitSetting, suppressionSetting } from './alert-limits.ts'
import { outputSetting } from './output-setting.ts'
import {
  anyNumber,
  byteSize,
  hostPort,
  listOf,
  mapOf,
  off,
  oneOf,
  switchSetting,
  text,
  wholeNumber,
} from './setting-kinds.ts'

const KIB = 1 << 10
const MIB = 1 << 20
const GIB = 1 << 30

/** Not `-x`: a capture program would take it for an option. */
const INTERFACE = /^[^\s-]\S*$/
const path = text('a path')
const paths = listOf(path, 'files and folders')
const account = text('a name or a number')
const id = z.union([account, wholeNumber(0, 0xffff_fffe).transform(String)], { error: 'a name or a number' })
const PLACE = '`off`, or an address and a port such as `127.0.0.1:9477`'

export const CONFIG_SCHEMA = mapOf(
  {
    interfaces: listOf(text('the name of an interface', INTERFACE), 'interfaces such as `[eth0]`')
      .prefault([])
      .describe('Interfaces to watch; `any` alone for all. `gait interfaces` lists what there is'),
    capture: oneOf('auto', 'cap', 'pipe')
      .prefault('auto')
      .describe(
        'How to capture: `pipe` by tcpdump or dumpcap, with the kernel’s time stamps and drop counts; `cap` in ' +
          'process by libpcap; `auto` takes `pipe` where it can',
      ),
    'capture-program': path
      .optional()
      .describe('The tcpdump or dumpcap to use with `pipe`; else whichever there is'),
    filter: text('an expression in the language of pcap-filter')
      .optional()
      .describe('Only packets that this pcap-filter expression accepts; libpcap compiles it'),
    snaplen: wholeNumber(64, 262_144, ' of bytes')
      .prefault(262_144)
      .describe('Bytes captured of a packet; headers are enough, unless signatures are about SSH'),
    promiscuous: switchSetting.prefault(true).describe('Also packets that are for others'),
    buffer: byteSize(64 * KIB, 2 * GIB - MIB)
      .prefault('64MiB')
      .describe('Memory in the kernel for packets that wait, of each interface'),
    signatures: paths
      .prefault([])
      .describe('Signature files and folders, instead of the shipped database; none: that'),
    'add-signatures': paths.prefault([]).describe('Signature files and folders, beside the others'),
    'watch-signatures': switchSetting
      .prefault(false)
      .describe('Load the signatures anew when one of their files changes'),
    exact: switchSetting.prefault(false).describe('No fuzzy matching, as if all signatures had `=`'),
    threshold: anyNumber(0, 3_600_000, ' of ms')
      .prefault(500)
      .describe('Shortest delay that is a pause (`+`), in ms'),
    checksums: switchSetting.prefault(false).describe('Do not believe packets with a wrong checksum'),
    'max-flows': wholeNumber(1, 10_000_000)
      .prefault(262_144)
      .describe('Flows kept at once; the one closest to its timeout makes room'),
    flows: switchSetting.prefault(true).describe('Write an event of every flow'),
    elements: wholeNumber(1, 65_535).prefault(64).describe('Packets shown of a flow'),
    'ssh-memory': byteSize(MIB, 64 * GIB)
      .prefault('64MiB')
      .describe('Memory for reading SSH connections; the oldest makes room'),
    'match-memory': byteSize(MIB, 64 * GIB)
      .prefault('32MiB')
      .describe('Memory for matches that have begun; the oldest makes room'),
    shed: switchSetting
      .prefault(true)
      .describe('Under overload give up whole new flows, rather than packets of all'),
    outputs: listOf(outputSetting, 'outputs such as `[/var/log/gait/eve.json]`')
      .min(1, { error: 'one output at least' })
      .prefault(['-'])
      .describe('Where events go; `-` is standard output'),
    'rate-limit': rateLimitSetting
      .prefault('off')
      .describe('At most so many alerts in so many seconds; the others are counted'),
    suppress: listOf(suppressionSetting, 'suppressions such as `[sid=1000003]`')
      .prefault([])
      .describe('Alerts that are not written, by signature, class, address or network; they are counted'),
    'stats-interval': wholeNumber(0, 86_400, ' of seconds')
      .prefault(60)
      .describe('Seconds between `stats` events; 0: only at the end'),
    metrics: z
      .union([off, hostPort(PLACE)], { error: PLACE })
      .prefault('127.0.0.1:9477')
      .describe('Where to serve /metrics, /healthz and /readyz, or `off`'),
    control: z
      .union([off, text('`off` or a path')], { error: '`off` or a path' })
      .prefault('/run/gait/gait.sock')
      .describe('Socket for `gait ctl`, or `off`'),
    user: id.optional().describe('Who to become once the interfaces are open'),
    group: id.optional().describe('Group to have then; else the user’s'),
    'allow-root': switchSetting.prefault(false).describe('Stay root when no user is named'),
    daemon: switchSetting.prefault(false).describe('Leave the terminal once the interfaces are open'),
    'pid-file': path
      .optional()
      .describe('File that holds the process id; with `daemon` /run/gait/gait.pid when not set'),
    'log-level': oneOf(...LOG_LEVELS)
      .prefault('info')
      .describe('How much the sensor says of itself'),
    'log-file': path.optional().describe('Where it says so, instead of standard error'),
  },
  'a map of settings',
).meta({ title: 'gait.yaml', description: 'Configuration of `gait sensor`' })

/** A name of a setting. */
export type SettingKey = keyof typeof CONFIG_SCHEMA.shape
/** All settings, read, with defaults. */
export type Settings = z.output<typeof CONFIG_SCHEMA>

export const SETTING_KEYS = Object.keys(CONFIG_SCHEMA.shape) as readonly SettingKey[]
