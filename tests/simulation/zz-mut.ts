import { simulate } from '/work/main/tests/simulation/simulate.ts'
import { FakeShop } from '/work/main/tests/simulation/fake-shop.ts'
import { OwnWrites } from '/work/main/renderer/src/sync/own-writes.ts'
const mode = process.argv[2]
if (mode === 'nosweep') { const p = FakeShop.prototype.pull; FakeShop.prototype.pull = function (i: any) { const r: any = p.call(this, i); if (r.ok && r.value.nextPage?.includes('sweep')) r.value.nextPage = null; return r } }
if (mode === 'noread') FakeShop.prototype.read = () => ({ ok: false, error: { code: 'unsupported', reason: 'no-such-operation' } }) as any
if (mode === 'nodoubt') OwnWrites.prototype.isDoubtful = () => false
void (async () => { let bad = 0; let lines: string[] = []; for (let s = 1; s <= 60; s++) { const r = await simulate(s); if (r.breaches.length) { bad++; lines.push(`${s} ${r.breaches[0]}`) } } console.log(mode, bad, lines.slice(0, 4).join('\n')); process.exit(0) })()
