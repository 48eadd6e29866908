import { z } from 'zod'

// zod's compiled parsers need `new Function`, which the CSP forbids (and reports): interpret instead.
z.config({ jitless: true })

export { z }
