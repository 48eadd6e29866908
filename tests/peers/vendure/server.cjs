// A real Vendure server for the tests, started by peer-process.ts as a process of its own: Vendure is GPL, so nothing of it
// may be imported by, or bundled into, the application. Settings come from the environment: PORT, DB_FILE, ADMIN_USER,
// ADMIN_PASSWORD, SESSION_DURATION, PEER_LOG (error, warn, info, verbose).
require('reflect-metadata')
const fs = require('node:fs')
const {
  bootstrap,
  DefaultLogger,
  dummyPaymentHandler,
  LogLevel,
  manualFulfillmentHandler,
  TransactionalConnection,
} = require('@vendure/core')

const dbFile = process.env.DB_FILE || undefined
const logLevels = {
  error: LogLevel.Error,
  warn: LogLevel.Warn,
  info: LogLevel.Info,
  verbose: LogLevel.Verbose,
}

/** The sql.js database object, once the server is up. */
let sqlDatabase

/**
 * sql.js lives in memory. With DB_FILE every answer to a request that changed something is held until the database is on
 * disk, so that the peer can be killed at any moment and started again with its state. (TypeORM's own autoSave writes the
 * whole file after every released query runner, and not atomically.)
 */
function saveIfChanged() {
  if (!dbFile || !sqlDatabase) return
  const changes = sqlDatabase.exec('SELECT total_changes()')[0].values[0][0]
  if (changes === 0) return
  const bytes = sqlDatabase.export()
  // export() closes and opens the database again, which forgets connection settings and counts changes from 0.
  sqlDatabase.exec('PRAGMA foreign_keys = ON')
  fs.writeFileSync(`${dbFile}.new`, bytes)
  fs.renameSync(`${dbFile}.new`, dbFile)
}

/**
 * One request at a time. With sql.js TypeORM has one connection for all requests, so two transactions at once would nest
 * into each other and a rollback of one would undo the other.
 */
let tail = Promise.resolve()
function oneAtATime(_request, response, next) {
  const before = tail
  tail = before.then(
    () =>
      new Promise((done) => {
        if (response.destroyed) return done()
        const end = response.end.bind(response)
        response.end = (...args) => {
          saveIfChanged()
          done()
          return end(...args)
        }
        // A client that hung up does not stop the work it asked for: end() is still called, and we wait for it. Only a
        // request that never got as far (body cut off) ends without it.
        response.once('close', () => setTimeout(done, 2_000).unref())
        next()
      }),
  )
}

// The parent holds our standard input: when the test process dies, however it dies, so do we.
if (process.env.STOP_WITH_STDIN) {
  process.stdin.resume()
  process.stdin.once('end', () => process.exit(0))
  process.stdin.once('error', () => process.exit(0))
}

async function start() {
  const app = await bootstrap({
    apiOptions: {
      hostname: '127.0.0.1',
      port: Number(process.env.PORT),
      adminApiPath: 'admin-api',
      shopApiPath: 'shop-api',
      cors: false,
      middleware: [
        { route: 'admin-api', handler: oneAtATime },
        { route: 'shop-api', handler: oneAtATime },
      ],
    },
    authOptions: {
      tokenMethod: ['bearer', 'cookie'],
      superadminCredentials: {
        identifier: process.env.ADMIN_USER || 'superadmin',
        password: process.env.ADMIN_PASSWORD || 'superadmin',
      },
      requireVerification: false,
      sessionDuration: process.env.SESSION_DURATION || '1y',
      cookieOptions: { secret: 'peer-for-tests' },
    },
    dbConnectionOptions: {
      type: 'sqljs',
      synchronize: true,
      autoSave: false,
      ...(dbFile ? { location: dbFile } : {}),
    },
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
    shippingOptions: { fulfillmentHandlers: [manualFulfillmentHandler] },
    logger: new DefaultLogger({
      level: logLevels[process.env.PEER_LOG || 'info'] ?? LogLevel.Info,
      timestamp: false,
    }),
    plugins: [],
  })
  sqlDatabase = app.get(TransactionalConnection).rawConnection.driver.databaseConnection
  saveIfChanged()
  console.log('PEER-READY')
}

start().catch((error) => {
  console.error('PEER-FAILED', error)
  process.exit(1)
})
