import type { CustomsCategory } from '#core/customs/declaration.ts'

/** The fixed words of the form, English and French as the Universal Postal Union has it, shortened where A6 has no room (reference/logistics.md 4.2 and 5.3). */
export const CN23_WORDS = {
  form: 'CN 23',
  title: 'CUSTOMS DECLARATION',
  titleFr: 'DÉCLARATION EN DOUANE',
  continuation: 'Continuation sheet / Feuille supplémentaire',
  from: 'From / De',
  to: 'To / À',
  senderReference: 'Sender’s customs reference / Référence en douane',
  mayBeOpened: 'May be opened officially / Peut être ouvert d’office',
  item: 'No. of item (barcode, if any) / N° de l’envoi (code à barres, s’il existe)',
  importerReference:
    'Importer’s reference (tax code/VAT No./importer code) (optional) / Référence de l’importateur (code fiscal/n° de TVA/code de l’importateur) (facultatif)',
  importerContact: 'Importer’s telephone/fax/e-mail / N° de téléphone/fax/e-mail (si connus)',
  description: 'Detailed description of contents (1) / Description détaillée du contenu',
  quantity: 'Qty (2) / Qté',
  net: 'Net kg (3) / Poids net',
  value: 'Value (5) / Valeur',
  commercialOnly: 'Commercial items only / Envois commerciaux',
  hs: 'HS No. (7) / N° SH',
  origin: 'Origin (8) / Origine',
  totalGross: 'Total gross weight kg (4) / Poids brut total',
  totalValue: 'Total value (6) / Valeur totale',
  charges: 'Postal charges/Fees (9) / Frais de port/Frais',
  category: 'Category of item (10) / Catégorie de l’envoi',
  posting: 'Office of origin/Date of posting / Bureau/Date de dépôt',
  comments: 'Comments (11): e.g. quarantine, sanitary or phytosanitary restrictions / Observations',
  licence: 'Licence No. (12) / Licence',
  certificate: 'Certificate (13) / Certificat',
  invoice: 'Invoice No. (14) / Facture',
  certification:
    'I certify that the particulars given in this customs declaration are correct and that this item does not contain any dangerous article ' +
    'or articles prohibited by legislation or by postal or customs regulations',
  signature: 'Date and sender’s signature (15) / Date et signature',
  broughtForward: 'Brought forward / Report',
  carriedForward: 'Carried forward / À reporter',
  sum: 'Total of all lines / Total',
} as const

export const CN23_CATEGORIES: Readonly<Record<CustomsCategory, string>> = {
  gift: 'Gift / Cadeau',
  documents: 'Documents',
  sale: 'Sale of goods / Vente',
  sample: 'Commercial sample / Échantillon',
  returned: 'Returned goods / Retour',
  other: 'Other / Autre',
}
