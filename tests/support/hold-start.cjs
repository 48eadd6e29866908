// @ts-check
'use strict'
// Required by Electron before the app (`-r`): the app waits with its first window until the test is attached (launch-app.ts).
// Chromium 114 now and then never answers who attaches while a page loads.
const { app } = require('electron')

const isReady = app.whenReady()
const isAttached = new Promise((resolve) => app.once(/** @type {any} */ ('test-attached'), resolve))
app.whenReady = () => isAttached.then(() => isReady)
