// The sensor command's options: one table for parsing, help and completion. But for `config` and `test-config` each
// has the name of a setting in gait.yaml, and no default: what is not given is left to the file.

import { LOG_LEVELS } from '../sensor/control/log-levels.ts'

const configuration = 'Configuration:'
const capture = 'Capture:'
const signatures = 'Signatures:'
const flows = 'Flows and memory:'
const output = 'Output:'
const service = 'Service:'

const texts = { array: true, string: true, requiresArg: true } as const
const text = { string: true, requiresArg: true } as const
/** Kept as text, so that a message can say what was found; `number` is for the help. */
const number = { number: true, string: true, requiresArg: true } as const
const onOff = { boolean: true } as const

/** For yargs: https://yargs.js.org/docs/#api-reference-optionskey-opt. */
export const SENSOR_OPTIONS = {
  config: {
    alias: 'c',
    ...text,
    group: configuration,
    describe: 'Configuration file; flags win over it. --no-config: none, also when the default is there',
    defaultDescription: '/etc/gait/gait.yaml if it exists',
  },
  'test-config': {
    boolean: true,
    group: configuration,
    describe: 'Check configuration and signatures, say what is wrong, and exit',
  },
  interfaces: {
    alias: ['i', 'interface'],
    ...texts,
    group: capture,
    describe: 'Interface to watch (repeatable); `any` alone for all',
  },
  capture: {
    ...text,
    choices: ['auto', 'cap', 'pipe'],
    group: capture,
    describe: 'Capture by tcpdump or dumpcap (pipe), by libpcap (cap), or whichever is better here',
    defaultDescription: 'auto',
  },
  'capture-program': {
    ...text,
    group: capture,
    describe: 'The tcpdump or dumpcap to use',
  },
  filter: {
    alias: 'f',
    ...text,
    group: capture,
    describe: 'Only packets that a pcap-filter expression accepts',
  },
  snaplen: {
    ...number,
    group: capture,
    describe: 'Bytes captured of a packet',
    defaultDescription: '262144',
  },
  promiscuous: {
    ...onOff,
    group: capture,
    describe: 'Also packets that are for others (--no-promiscuous: not those)',
    defaultDescription: 'true',
  },
  buffer: {
    ...text,
    group: capture,
    describe: 'Memory in the kernel for packets that wait, of each interface',
    defaultDescription: '64MiB',
  },
  signatures: {
    alias: 's',
    ...texts,
    group: signatures,
    describe: 'Signature file or folder, instead of the shipped database (repeatable)',
  },
  'add-signatures': {
    ...texts,
    group: signatures,
    describe: 'Signature file or folder, beside the others (repeatable)',
  },
  'watch-signatures': {
    ...onOff,
    group: signatures,
    describe: 'Load them anew when one of their files changes',
  },
  exact: { alias: 'F', ...onOff, group: signatures, describe: 'No fuzzy matching, as if all had `=`' },
  threshold: {
    alias: 'q',
    ...number,
    group: signatures,
    describe: 'Shortest delay that is a pause (`+`), in ms',
    defaultDescription: '500',
  },
  checksums: { ...onOff, group: flows, describe: 'Do not believe packets with a wrong checksum' },
  'max-flows': {
    ...number,
    group: flows,
    describe: 'Flows kept at once; the one closest to its timeout makes room',
    defaultDescription: '262144',
  },
  'ssh-memory': {
    ...text,
    group: flows,
    describe: 'Memory for reading SSH connections',
    defaultDescription: '64MiB',
  },
  'match-memory': {
    ...text,
    group: flows,
    describe: 'Memory for matches that have begun',
    defaultDescription: '32MiB',
  },
  shed: {
    ...onOff,
    group: flows,
    describe: 'Under overload give up whole new flows, rather than packets of all (--no-shed: not that)',
    defaultDescription: 'true',
  },
  outputs: {
    alias: ['o', 'output'],
    ...texts,
    group: output,
    describe:
      'Where events go (repeatable): -, a path, unix:PATH, tcp://HOST:PORT, syslog+udp://HOST:PORT, with filters ' +
      'such as ?types=alert,ssh&severity=2',
    defaultDescription: '-',
  },
  flows: {
    ...onOff,
    group: output,
    describe: 'Write an event of every flow (--no-flows: not that)',
    defaultDescription: 'true',
  },
  elements: { ...number, group: output, describe: 'Packets shown of a flow', defaultDescription: '64' },
  'rate-limit': {
    ...text,
    group: output,
    describe: 'Alerts that pass in so many seconds, such as 100/60 or 100/60/signature-pair',
    defaultDescription: 'off',
  },
  suppress: {
    ...texts,
    group: output,
    describe: 'Alerts not to write, such as class=ssh.auth.*,network=10.0.0.0/8,end=client (repeatable)',
  },
  'stats-interval': {
    ...number,
    group: output,
    describe: 'Seconds between stats events; 0: only at the end',
    defaultDescription: '60',
  },
  metrics: {
    ...text,
    group: service,
    describe: 'Where to serve /metrics, /healthz and /readyz, or off',
    defaultDescription: '127.0.0.1:9477',
  },
  control: {
    ...text,
    group: service,
    describe: 'Socket for `gait ctl`, or off',
    defaultDescription: '/run/gait/gait.sock',
  },
  user: { ...text, group: service, describe: 'Who to become once the interfaces are open' },
  group: { ...text, group: service, describe: 'Group to have then; else the user’s' },
  'allow-root': { ...onOff, group: service, describe: 'Stay root when no user is named' },
  daemon: {
    alias: 'd',
    ...onOff,
    group: service,
    describe: 'Leave the terminal once the interfaces are open; asks for --output and --log-file',
  },
  'pid-file': {
    ...text,
    group: service,
    describe: 'File that holds the process id; with --daemon /run/gait/gait.pid when not given',
  },
  'log-level': {
    ...text,
    choices: LOG_LEVELS,
    group: service,
    describe: 'How much the sensor says of itself',
    defaultDescription: 'info',
  },
  'log-file': { ...text, group: service, describe: 'Where it says so, instead of standard error' },
} as const

export const SENSOR_EXAMPLES = [
  ['$0 sensor -i eth0', 'events of eth0 on standard output, as EVE JSON'],
  ['$0 sensor -i eth0 -i eth1 -o /var/log/gait/eve.json', 'two interfaces, into a file'],
  ["$0 sensor -i any -f 'tcp port 22' -o '-?types=alert'", 'alerts only, of SSH only'],
  ['$0 sensor -c gait.yaml --test-config', 'whether a configuration is sound'],
] as const
