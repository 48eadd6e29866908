// @ts-check
import { existsSync } from 'node:fs'

import { hasDisplay } from './launch.mjs'
import { runStep } from './progress.mjs'
import { failureText, runCommand } from './run-command.mjs'

/** @typedef {import('./progress.mjs').OnProgress} OnProgress */
/** @typedef {'electron' | 'documents' | 'keyring' | 'printing'} PackageGroup */

/** Debian's names, release 12. */
export const PACKAGE_GROUPS = Object.freeze({
  electron: [
    ...[
      'libnss3',
      'libgtk-3-0',
      'libasound2',
      'libgbm1',
      'libxss1',
      'libatk-bridge2.0-0',
      'libdrm2',
      'libxkbcommon0',
    ],
    ...['libcups2', 'libatspi2.0-0', 'libxcomposite1', 'libxdamage1', 'libxfixes3', 'libxrandr2'],
    ...['dbus', 'fonts-noto-cjk', 'fonts-dejavu-core'],
  ],
  documents: ['poppler-utils', 'zbar-tools'],
  keyring: ['gnome-keyring', 'libsecret-1-0', 'dbus-x11'],
  printing: ['cups', 'cups-client', 'cups-filters', 'printer-driver-cups-pdf'],
})
const DISPLAY_PACKAGES = ['xvfb', 'xauth']

/** The app starts without these, only worse. */
const OPTIONAL = new Set(['fonts-noto-cjk', 'fonts-dejavu-core', 'dbus'])

/**
 * @typedef {object} SystemPackages
 * @property {boolean} applicable    false: not a Debian-like Linux, nothing was looked at
 * @property {string[]} installed    what this call installed
 * @property {string[]} missing      optional packages that are not there
 */

/**
 * Sees to it that the Debian packages of these groups are there. Root installs what is missing; anybody else gets the
 * line to run.
 * @param {readonly PackageGroup[]} groups
 * @param {{ onProgress?: OnProgress, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<SystemPackages>}
 * @throws {Error} when something needed is missing and cannot be installed from here
 */
export async function ensureSystemPackages(groups, { onProgress = () => {}, env = process.env } = {}) {
  const wanted = packagesOf(groups, env)
  if (wanted.length === 0 || !isDebianLike()) return { applicable: false, installed: [], missing: [] }
  const missing = await missingOf(wanted)
  if (missing.length === 0) return { applicable: true, installed: [], missing: [] }
  if (process.getuid?.() !== 0) return leaveToUser(missing)

  await runStep(onProgress, 'apt-get update', () => apt(['update'])).catch(() => {
    // Old lists may do; if not, the installation says what is wrong.
  })
  const names = await installableOf(missing)
  await runStep(onProgress, `apt-get install ${names.join(' ')}`, (report) =>
    apt(aptInstallArgs(names), (percent) => report({ percent })),
  )
  const left = (await missingOf(wanted)).filter((name) => !OPTIONAL.has(name))
  if (left.length > 0)
    throw new Error(`apt-get ended well, but these packages are still missing: ${left.join(' ')}`)
  return { applicable: true, installed: names, missing: [] }
}

/**
 * @param {readonly PackageGroup[]} groups
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function packagesOf(groups, env) {
  const names = groups.flatMap((group) => {
    const known = PACKAGE_GROUPS[group]
    if (!known)
      throw new Error(`No such package group: ${group}. There are: ${Object.keys(PACKAGE_GROUPS).join(', ')}`)
    return group === 'electron' && !hasDisplay(env) ? [...DISPLAY_PACKAGES, ...known] : known
  })
  return [...new Set(names)]
}

/**
 * The names one package goes by. Debian 13 and Ubuntu 24.04 renamed libraries for 64-bit time.
 * @param {string} name
 * @returns {string[]}
 */
export function alternativesOf(name) {
  return name.startsWith('lib') ? [name, `${name}t64`] : [name]
}

/**
 * @param {readonly string[]} wanted
 * @param {string} status   lines of "name status", as dpkg-query gives them
 * @returns {string[]} the wanted packages that are installed under none of their names
 */
export function missingIn(wanted, status) {
  const installed = new Set()
  for (const line of status.split('\n')) {
    const [name, state] = line.trim().split(/\s+/)
    if (state === 'installed') installed.add(name)
  }
  return wanted.filter((name) => !alternativesOf(name).some((alternative) => installed.has(alternative)))
}

/**
 * @param {readonly string[]} wanted
 * @param {string} policy   what `apt-cache policy` prints
 * @returns {string[]} for each the name that can be installed; the plain name when none can
 */
export function installableIn(wanted, policy) {
  const candidates = new Set()
  let current = ''
  for (const line of policy.split('\n')) {
    const heading = /^(\S+):$/.exec(line)
    if (heading) current = heading[1] ?? ''
    const candidate = /^\s+Candidate:\s+(\S+)/.exec(line)?.[1]
    if (candidate && candidate !== '(none)') candidates.add(current)
  }
  return wanted.map((name) => alternativesOf(name).find((alternative) => candidates.has(alternative)) ?? name)
}

/**
 * @param {readonly string[]} names
 * @returns {string[]}
 */
export function aptInstallArgs(names) {
  return ['install', '-y', '--no-install-recommends', ...names]
}

/**
 * @param {readonly string[]} names
 * @returns {string} for a person to paste
 */
export function aptLine(names) {
  return `sudo apt-get install --no-install-recommends ${names.join(' ')}`
}

/** @param {string[]} missing */
async function leaveToUser(missing) {
  const needed = missing.filter((name) => !OPTIONAL.has(name))
  if (needed.length === 0) return { applicable: true, installed: [], missing }
  throw new Error(`Some system packages are missing. Please run:\n  ${aptLine(await installableOf(missing))}`)
}

/** @param {readonly string[]} wanted */
async function missingOf(wanted) {
  const args = ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...wanted.flatMap(alternativesOf)]
  // It exits with 1 for every name it does not know and still prints the others.
  const { stdout } = await runCommand('dpkg-query', args)
  return missingIn(wanted, stdout)
}

/** @param {readonly string[]} names */
async function installableOf(names) {
  // The words of its output are translated otherwise.
  const env = { ...process.env, LC_ALL: 'C' }
  const { stdout } = await runCommand('apt-cache', ['policy', ...names.flatMap(alternativesOf)], { env })
  return installableIn(names, stdout)
}

/**
 * @param {string[]} args
 * @param {(percent: number) => void} [onPercent]
 */
async function apt(args, onPercent) {
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=120', '-o', 'APT::Status-Fd=3']
  const result = await runCommand('apt-get', [...options, ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    onStatus: (text) => {
      const percent = aptPercent(text)
      if (percent !== undefined) onPercent?.(percent)
    },
  })
  if (result.code !== 0) throw new Error(`apt-get ${args[0]} failed:\n${failureText(result)}`)
}

/**
 * Downloads count as the first half, unpacking and setting up as the second.
 * @param {string} text   lines such as "dlstatus:1:12.5:Retrieving file 1 of 8" and "pmstatus:xvfb:60.0:Preparing xvfb"
 * @returns {number | undefined}
 */
export function aptPercent(text) {
  const last = [...text.matchAll(/^(dl|pm)status:[^\n]*?:(\d+(?:\.\d+)?):/gm)].at(-1)
  if (!last) return undefined
  return (last[1] === 'dl' ? 0 : 50) + Number(last[2]) / 2
}

function isDebianLike() {
  return process.platform === 'linux' && existsSync('/usr/bin/dpkg-query') && existsSync('/usr/bin/apt-get')
}
