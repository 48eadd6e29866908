/** The parts of an address in the order of its form. */
export const ADDRESS_PARTS = [
  'name',
  'company',
  'line1',
  'line2',
  'postcode',
  'city',
  'region',
  'country',
  'phone',
  'email',
] as const
