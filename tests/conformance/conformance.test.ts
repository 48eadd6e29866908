import { describe, expect, it } from 'vitest'
import { connectors } from '#core/connectors/registry.ts'
import { manifests } from '#core/connectors/manifests.ts'
import { describeConnector, type ConnectorCases } from '#tests/conformance/conformance.ts'
import { amazonCases } from '#tests/conformance/amazon.cases.ts'
import { ecbCases } from '#tests/conformance/ecb.cases.ts'
import { shopifyCases } from '#tests/conformance/shopify.cases.ts'
import { vendureCases } from '#tests/conformance/vendure.cases.ts'

/** One entry per connector of the registry. */
const ALL_CASES: ConnectorCases[] = [vendureCases, shopifyCases, amazonCases, ecbCases]

describe('the registry', () => {
  it('has cases for every connector, and a manifest for every connector', () => {
    expect(ALL_CASES.map(({ connector }) => connector)).toEqual(connectors)
    expect(connectors.map(({ manifest }) => manifest)).toEqual(manifests)
  })
})

ALL_CASES.forEach(describeConnector)
