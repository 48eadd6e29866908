import { v5 } from '#renderer/data/schema/v5.ts'

/** The sixth layout, frozen. Against v5: exchange rates, a day of a source each. */
export const v6 = {
  ...v5,
  rateSets: 'id, date',
}
