/**
 * The fixed words of postal paper. Their language is that of the paper (English, French, and Chinese for the posting side),
 * never that of the screen, so they are not in locales/. Sources: reference/logistics.md 4.2 (UPU CN 22 wording as printed by
 * several posts; Chinese terms as printed by China Post).
 */
export const PAPER_WORDS = {
  from: { en: 'FROM', zh: '寄件人' },
  to: { en: 'TO', zh: '收件人' },
  draft: { mark: 'TEST / DRAFT', warning: 'NOT VALID FOR POSTAGE' },
  draftNoBarcode: 'No barcode on a draft 草稿不含条码',
  phone: 'Tel.',
  picking: 'PICK 拣货',
  andMore: (count: number) => `+ ${count} more 另${count}项`,
  cn22: {
    form: 'CN 22',
    title: 'CUSTOMS DECLARATION',
    titleFr: 'DÉCLARATION EN DOUANE 报关签条',
    mayBeOpened: 'May be opened officially',
    mayBeOpenedFr: 'Peut être ouvert d’office 可以径行开拆',
    description: 'Quantity, detailed description 数量及内件详细名称',
    hs: 'HS No.',
    origin: 'Orig.',
    netKg: 'Net kg',
    value: 'Value',
    totalGross: 'Total gross weight 总重 (kg)',
    totalValue: 'Total value 总价值',
    certification:
      'I, the undersigned, whose name and address are given on the item, certify that the particulars given in this ' +
      'declaration are correct and that this item does not contain any dangerous article or articles prohibited by ' +
      'legislation or by postal or customs regulations. ' +
      '我保证上述申报准确无误，本邮件未装寄法律或邮政和海关规章禁止寄递的任何危险物品。',
    signature: 'Date and sender’s signature 寄件人签字',
    taxReference: 'Sender tax ref. 寄件人税号',
  },
  categories: {
    gift: 'Gift 礼品',
    documents: 'Documents 文件',
    sale: 'Sale of goods 销售商品',
    sample: 'Commercial sample 货样',
    returned: 'Returned goods 退货',
    other: 'Other 其他',
  },
} as const
