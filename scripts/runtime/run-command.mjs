// @ts-check
import { spawn } from 'node:child_process'

const KEPT_CHARACTERS = 64_000

/**
 * @typedef {object} CommandResult
 * @property {number} code     exit code; 128 when it was ended by a signal, 127 when it could not be started
 * @property {string} stdout   the last 64,000 characters
 * @property {string} stderr   the last 64,000 characters
 */

/**
 * Runs a command to its end and never throws: a command that cannot be started, fails or is aborted has a code and a reason.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {AbortSignal} [options.signal]
 * @param {(text: string) => void} [options.onStatus]   receives what the command writes to descriptor 3
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, args, { cwd, env, signal, onStatus } = {}) {
  return new Promise((resolve) => {
    let stdout = ''
    let stderr = ''
    const child = spawn(command, args, {
      cwd,
      env,
      signal,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'pipe', onStatus ? 'pipe' : 'ignore'],
    })
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout = tail(stdout + text)))
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr = tail(stderr + text)))
    const status = child.stdio[3]
    if (onStatus && status && 'setEncoding' in status) status.setEncoding('utf8').on('data', onStatus)
    child.on('error', (error) => {
      stderr = `${stderr}${error.message}\n`
      // An aborted child still reports 'close'; one that never started does not.
      if (child.pid === undefined) resolve({ code: 127, stdout, stderr })
    })
    child.on('close', (code) => resolve({ code: code ?? 128, stdout, stderr }))
  })
}

/**
 * The lines of a command's output that say why it failed, short enough to be part of a message.
 * @param {CommandResult} result
 * @param {number} [keep]   lines
 * @returns {string}
 */
export function failureText({ code, stdout, stderr }, keep = 12) {
  const lines = (stderr.trim() || stdout.trim()).split('\n').filter((line) => line.trim() !== '')
  return lines.length > 0 ? lines.slice(-keep).join('\n') : `exit code ${code}`
}

/** @param {string} text */
function tail(text) {
  return text.length > KEPT_CHARACTERS ? text.slice(-KEPT_CHARACTERS) : text
}
