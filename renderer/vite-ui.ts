import ui from '@nuxt/ui/vite'
import type { Plugin, PluginOption } from 'vite'

/** Which grey, which accent: names of the scales in `src/app/tokens.css`. Sizes follow the 4 px grid of the design. */
const control = { defaultVariants: { size: 'sm', color: 'primary' } }

/** As wide as their figures. */
const DAY_PARTS = 'data-[segment=day]:w-6 data-[segment=month]:w-6 data-[segment=year]:w-9'

/**
 * Nuxt UI and Tailwind as the renderer uses them: components are imported by hand, no router links, no colour-mode script,
 * and only the icons that the sources name are bundled (the default would ask a web service).
 */
export function uiPlugins(): PluginOption {
  return [
    ui({
      router: false,
      colorMode: false,
      autoImport: false,
      components: false,
      dts: false,
      theme: { colors: ['primary', 'success', 'info', 'warning', 'error'], transitions: false },
      icon: { clientBundle: { scan: { globInclude: ['src/**/*.{ts,vue}'] } } },
      ui: {
        colors: {
          primary: 'primary',
          success: 'success',
          info: 'info',
          warning: 'warning',
          error: 'error',
          neutral: 'neutral',
        },
        button: {
          slots: { base: 'font-[550] text-[13px]/5 whitespace-nowrap' },
          variants: {
            size: {
              xs: { base: 'h-6 px-2 py-0 text-[12px]/4', leadingIcon: 'size-3.5', trailingIcon: 'size-3.5' },
              sm: { base: 'h-7.5 px-2.5 py-0 text-[13px]/5' },
            },
          },
          defaultVariants: { size: 'sm', color: 'neutral', variant: 'outline' },
        },
        input: {
          slots: { root: 'w-full' },
          variants: { size: { sm: { base: 'h-7.5 py-0 text-[13px]/5 md:text-[13px]/5' } } },
          ...control,
        },
        inputDate: {
          variants: {
            size: {
              xs: { base: 'h-6 py-0 text-[12px]/4', segment: DAY_PARTS },
              sm: { base: 'h-7.5 py-0 text-[13px]/5 md:text-[13px]/5', segment: DAY_PARTS },
            },
          },
          ...control,
        },
        textarea: {
          slots: { root: 'w-full' },
          variants: { size: { sm: { base: 'text-[13px]/5 md:text-[13px]/5' } } },
          ...control,
        },
        switch: { defaultVariants: { size: 'sm', color: 'primary' } },
        modal: {
          slots: {
            content: 'divide-y-0',
            header: 'px-5 pt-4 pb-0 sm:px-5 min-h-0',
            title: 'text-[16px]/6 font-[550]',
            description: 'text-[13px]/5',
            body: 'px-5 py-4 sm:px-5 sm:py-4',
            footer: 'px-5 pb-4 pt-0 sm:px-5 justify-end',
          },
          variants: {
            overlay: { true: { overlay: 'bg-black/25 dark:bg-black/50' } },
            transition: {
              true: {
                overlay:
                  'data-[state=open]:animate-[fade-in_120ms_ease-out] data-[state=closed]:animate-none',
                content:
                  'data-[state=open]:animate-[fade-in_120ms_ease-out] data-[state=closed]:animate-none',
              },
            },
          },
        },
        toast: {
          slots: {
            root: 'p-3 gap-2 rounded-md',
            title: 'text-[13px]/5 font-[550]',
            description: 'text-[12px]/4',
            icon: 'size-4 mt-0.5',
          },
        },
        tooltip: { slots: { content: 'h-auto min-h-6 px-2' } },
      },
    }) as PluginOption,
    emptyFallbacks,
    leanReset,
  ]
}

/**
 * Chromium 114 drops every declaration with `var(--x, )` when `--x` is registered without an initial value, which is how
 * Tailwind writes rings, transforms and filters. An empty initial value means the same in every engine.
 */
const emptyFallbacks: Plugin = changeStyles('caravel:empty-fallbacks', (css) => {
  const empty = new Set(Array.from(css.matchAll(/var\((--tw-[\w-]+),\s*\)/g), ([, name]) => name))
  return css.replace(
    /(@property (--tw-[\w-]+)\{syntax:"\*";inherits:false)\}/g,
    (all, head: string, name: string) => {
      if (!empty.has(name)) return all
      if (new RegExp(`var\\(${name},\\s*[^\\s)]`).test(css))
        throw new Error(`${name} has two kinds of fallback`)
      return `${head};initial-value:;}`
    },
  )
})

/**
 * A rule for `*::before` and `*::after` makes the browser work out three styles for every element, most of what a list of rows
 * costs. Tailwind's reset is for them only where a class gives an element such a box.
 */
const leanReset: Plugin = changeStyles('caravel:lean-reset', (css) => {
  const reset = /\*,:after,:before,::backdrop\{(box-sizing:[^}]*)\}/
  if (!reset.test(css)) throw new Error('The reset of Tailwind has another form now: see leanReset')
  return css.replace(reset, '*,::backdrop{$1}[class*="after:"]:after,[class*="before:"]:before{$1}')
})

function changeStyles(name: string, change: (css: string) => string): Plugin {
  return {
    name,
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = change(String(file.source))
      }
    },
  }
}
