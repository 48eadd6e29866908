/** The part of Vendure's admin API that is about products; see DEMO_SCHEMA. */
export const CATALOGUE_SCHEMA = /* GraphQL */ `
  enum GlobalFlag {
    TRUE
    FALSE
    INHERIT
  }

  extend type Query {
    products(options: ProductListOptions): ProductList!
    product(id: ID, slug: String): Product
    productVariants(options: ProductVariantListOptions, productId: ID): ProductVariantList!
    productVariant(id: ID!): ProductVariant
    stockLocations(options: StockLocationListOptions): StockLocationList!
  }

  extend type Mutation {
    updateProduct(input: UpdateProductInput!): Product!
    deleteProduct(id: ID!): DeletionResponse!
    updateProductVariants(input: [UpdateProductVariantInput!]!): [ProductVariant]!
    updateProductVariant(input: UpdateProductVariantInput!): ProductVariant!
  }

  type ProductList {
    items: [Product!]!
    totalItems: Int!
  }
  type Product {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    languageCode: LanguageCode!
    name: String!
    slug: String!
    description: String!
    enabled: Boolean!
    featuredAsset: Asset
    assets: [Asset!]!
    variants: [ProductVariant!]!
    variantList(options: ProductVariantListOptions): ProductVariantList!
    translations: [ProductTranslation!]!
  }
  type ProductTranslation {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    languageCode: LanguageCode!
    name: String!
    slug: String!
    description: String!
  }
  type Asset {
    id: ID!
    name: String!
    mimeType: String!
    width: Int!
    height: Int!
    source: String!
    preview: String!
  }

  type ProductVariantList {
    items: [ProductVariant!]!
    totalItems: Int!
  }
  type ProductVariant {
    id: ID!
    product: Product!
    productId: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    languageCode: LanguageCode!
    enabled: Boolean!
    sku: String!
    name: String!
    featuredAsset: Asset
    price: Money!
    currencyCode: CurrencyCode!
    priceWithTax: Money!
    prices: [ProductVariantPrice!]!
    trackInventory: GlobalFlag!
    stockLevel: String!
    stockOnHand: Int!
    stockAllocated: Int!
    outOfStockThreshold: Int!
    useGlobalOutOfStockThreshold: Boolean!
    stockLevels: [StockLevel!]!
    options: [ProductOption!]!
    translations: [ProductVariantTranslation!]!
  }
  type ProductVariantPrice {
    currencyCode: CurrencyCode!
    price: Money!
  }
  type ProductVariantTranslation {
    languageCode: LanguageCode!
    name: String!
  }
  type ProductOption {
    id: ID!
    groupId: ID!
    languageCode: LanguageCode!
    code: String!
    name: String!
    translations: [ProductOptionTranslation!]!
  }
  type ProductOptionTranslation {
    languageCode: LanguageCode!
    name: String!
  }
  type StockLevel {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    stockLocationId: ID!
    stockOnHand: Int!
    stockAllocated: Int!
    stockLocation: StockLocation!
  }
  type StockLocation {
    id: ID!
    name: String!
    description: String!
  }
  type StockLocationList {
    items: [StockLocation!]!
    totalItems: Int!
  }

  input StockLocationListOptions {
    skip: Int
    take: Int
  }
  input ProductFilterParameter {
    id: IDOperators
    createdAt: DateOperators
    updatedAt: DateOperators
    enabled: BooleanOperators
    name: StringOperators
    slug: StringOperators
    _and: [ProductFilterParameter!]
    _or: [ProductFilterParameter!]
  }
  input ProductSortParameter {
    id: SortOrder
    createdAt: SortOrder
    updatedAt: SortOrder
    name: SortOrder
    slug: SortOrder
  }
  input ProductListOptions {
    skip: Int
    take: Int
    sort: ProductSortParameter
    filter: ProductFilterParameter
  }
  input ProductVariantFilterParameter {
    id: IDOperators
    productId: IDOperators
    createdAt: DateOperators
    updatedAt: DateOperators
    enabled: BooleanOperators
    sku: StringOperators
    _and: [ProductVariantFilterParameter!]
    _or: [ProductVariantFilterParameter!]
  }
  input ProductVariantSortParameter {
    id: SortOrder
    productId: SortOrder
    createdAt: SortOrder
    updatedAt: SortOrder
    sku: SortOrder
  }
  input ProductVariantListOptions {
    skip: Int
    take: Int
    sort: ProductVariantSortParameter
    filter: ProductVariantFilterParameter
  }

  input ProductTranslationInput {
    id: ID
    languageCode: LanguageCode!
    name: String
    slug: String
    description: String
  }
  input UpdateProductInput {
    id: ID!
    enabled: Boolean
    translations: [ProductTranslationInput!]
  }
  input ProductVariantTranslationInput {
    id: ID
    languageCode: LanguageCode!
    name: String
  }
  input StockLevelInput {
    stockLocationId: ID!
    stockOnHand: Int!
  }
  input UpdateProductVariantPriceInput {
    currencyCode: CurrencyCode!
    price: Money!
    delete: Boolean
  }
  input UpdateProductVariantInput {
    id: ID!
    enabled: Boolean
    translations: [ProductVariantTranslationInput!]
    sku: String
    price: Money
    prices: [UpdateProductVariantPriceInput!]
    stockOnHand: Int
    stockLevels: [StockLevelInput!]
    trackInventory: GlobalFlag
  }
`
