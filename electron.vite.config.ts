import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { uiPlugins } from './renderer/vite-ui.ts'

const root = import.meta.dirname
const outDir = (name: string) => path.join(root, 'out', name)

// The oldest engine it has to run on (Electron 25): main and preload on Node 18, the pages on Chromium 114.
const NODE = 'node18'
const CHROME = 'chrome114'

const nodeSide = (entry: string, name: string) => ({
  outDir: outDir(name),
  target: NODE,
  minify: false,
  // Nothing is required from node_modules at run time: the package ships `out/` and `resources/` only.
  externalizeDeps: false,
  rolldownOptions: {
    input: { index: path.join(root, 'electron', entry) },
    output: { format: 'cjs' as const, entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
  },
})

/** electron-vite sets './'; with app:// every asset has one absolute address, whatever the route is. */
const absoluteBase: Plugin = {
  name: 'caravel:absolute-base',
  enforce: 'post',
  config: () => ({ base: '/' }),
}

export default defineConfig({
  main: { build: nodeSide('main/index.ts', 'main') },
  // A sandboxed preload cannot require other files: one entry, no chunks.
  preload: { build: nodeSide('preload/index.ts', 'preload') },
  renderer: {
    root: path.join(root, 'renderer'),
    plugins: [vue(), uiPlugins(), absoluteBase],
    worker: { format: 'es' },
    build: {
      outDir: outDir('renderer'),
      emptyOutDir: true,
      target: CHROME,
      cssTarget: CHROME,
      minify: true,
      // Small assets must not become data: URLs, which font-src refuses.
      assetsInlineLimit: 0,
      rolldownOptions: { input: path.join(root, 'renderer', 'index.html') },
    },
  },
})
