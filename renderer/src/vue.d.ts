/** For tools that read types without Vue's compiler (the linter); vue-tsc takes the real types of each component. */
declare module '*.vue' {
  import type { Component } from 'vue'
  const component: Component
  export default component
}
