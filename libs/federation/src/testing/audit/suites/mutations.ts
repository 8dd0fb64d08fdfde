import type { Suite } from '../suite'

interface Product {
  id: string
  name: string
  price: number
}
interface Category {
  id: string
  name: string
}
let products: Product[] = []
let categories: Category[] = []
const numbers: Record<string, number> = {}
async function getProducts(): Promise<Product[]> {
  return products
}
function getCategories(): Category[] {
  return categories
}
async function addProduct(name: string, price: number) {
  const newProduct = { id: 'p-added-' + products.length, name: name, price: price }
  products.push(newProduct)
  return newProduct
}
async function addCategory(name: string, requestId: string) {
  if (categories.some((c) => c.id === 'c-added-' + requestId))
    throw new Error('Category with this requestId was already added')
  const newCategory = { id: 'c-added-' + requestId, name: name }
  categories.push(newCategory)
  return newCategory
}
async function deleteProduct(id: string) {
  const after = products.filter((p) => p.id !== id)
  products = after
}
function initProducts() {
  const product = { id: 'p1', name: 'p1-name', price: 9.99 }
  if (products.some((p) => p.id === product.id)) return
  products.push(product)
}
function getNumber(requestId: string) {
  const num = numbers[requestId]
  return num ?? 0
}
function addNumber(num: number, requestId: string) {
  const existingNumber = getNumber(requestId)
  const sum = existingNumber + num
  numbers[requestId] = sum
  return sum
}
function multiplyNumber(by: number, requestId: string) {
  const existingNumber = getNumber(requestId)
  const result = existingNumber * by
  numbers[requestId] = result
  return result
}
function deleteNumber(requestId: string) {
  const num = getNumber(requestId)
  if (typeof numbers[requestId] === 'number') {
    delete numbers[requestId]
  }
  return num
}

export const mutations: Suite = {
  id: 'mutations',
  subgraphs: [
    {
      name: 'a',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])

        type Mutation {
          addProduct(input: AddProductInput!): Product!
          addCategory(name: String!, requestId: String!): Category! @shareable
          multiply(by: Int!, requestId: String!): Int!
        }

        type Query {
          product(id: ID!): Product!
          products: [Product!]!
        }

        input AddProductInput {
          name: String!
          price: Float!
        }

        type Product @key(fields: "id") {
          id: ID!
          name: String!
          price: Float!
        }

        type Category @key(fields: "id") {
          id: ID!
        }
      `,
      resolvers: {
        Query: {
          async product(_: unknown, { id }: { id: string }) {
            initProducts()
            const product = (await getProducts()).find((p) => p.id === id)
            if (!product) return null
            return { id: product.id, name: product.name, price: product.price }
          },
          async products() {
            initProducts()
            return getProducts()
          },
        },
        Mutation: {
          async multiply(_: unknown, args: { by: number; requestId: string }) {
            return multiplyNumber(args.by, args.requestId)
          },
          async addProduct(_: unknown, { input }: { input: { name: string; price: number } }) {
            return addProduct(input.name, input.price)
          },
          async addCategory(_: unknown, { name, requestId }: { name: string; requestId: string }) {
            return addCategory(name, requestId)
          },
        },
        Product: {
          async __resolveReference(key: { id: string }) {
            const products = await getProducts()
            const product = products.find((p) => p.id === key.id)
            if (!product) return null
            await deleteProduct(product.id)
            return { id: product.id, name: product.name, price: product.price }
          },
        },
        Category: {
          __resolveReference(key: { id: string }) {
            const categories = getCategories()
            const category = categories.find((p) => p.id === key.id)
            if (!category) return null
            return { id: category.id }
          },
        },
      },
    },
    {
      name: 'b',
      typeDefs: /* GraphQL */ `
        extend schema
          @link(
            url: "https://specs.apollo.dev/federation/v2.3"
            import: ["@key", "@external", "@requires", "@shareable"]
          )

        type Product @key(fields: "id") {
          id: ID!
          price: Float! @external
          isExpensive: Boolean! @requires(fields: "price")
          isAvailable: Boolean!
        }

        type Mutation {
          delete(requestId: String!): Int!
          addCategory(name: String!, requestId: String!): Category! @shareable
        }

        type Category @key(fields: "id") {
          id: ID!
          name: String!
        }
      `,
      resolvers: {
        Mutation: {
          delete(_: unknown, args: { requestId: string }) {
            return deleteNumber(args.requestId)
          },
          async addCategory(_: unknown, { name, requestId }: { name: string; requestId: string }) {
            return addCategory(name, requestId)
          },
        },
        Product: {
          async __resolveReference(key: { id: string; price?: number }) {
            const product = (await getProducts()).find((product) => product.id === key.id)
            if (!product) return null
            await deleteProduct(product.id)
            if (typeof product.price === 'number') {
              return { id: product.id, isAvailable: true, price: product.price }
            }
            return { id: product.id, isAvailable: false }
          },
          isExpensive(product: { price?: number }) {
            if (typeof product.price !== 'number') throw new Error('Price is not available')
            return product.price > 100
          },
        },
        Category: {
          __resolveReference(key: { id: string }) {
            const categories = getCategories()
            const category = categories.find((p) => p.id === key.id)
            if (!category) return null
            return { id: category.id, name: category.name }
          },
        },
      },
    },
    {
      name: 'c',
      typeDefs: /* GraphQL */ `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

        type Mutation {
          add(num: Int!, requestId: String!): Int!
        }
      `,
      resolvers: {
        Mutation: {
          add(_: unknown, args: { num: number; requestId: string }) {
            return addNumber(args.num, args.requestId)
          },
        },
      },
    },
  ],
  cases: [
    {
      query: /* GraphQL */ `
        mutation {
          addProduct(input: { name: "new", price: 599.99 }) {
            name
            price
            isExpensive
            isAvailable
          }
        }
      `,
      data: { addProduct: { name: 'new', price: 599.99, isExpensive: true, isAvailable: true } },
    },
    {
      query: '{ product(id: "p1") { id name price isExpensive isAvailable } }',
      data: { product: { id: 'p1', name: 'p1-name', price: 9.99, isExpensive: false, isAvailable: true } },
    },
    {
      query: /* GraphQL */ `
        mutation {
          five: add(num: 5, requestId: "{run}")
          ten: multiply(by: 2, requestId: "{run}")
          twelve: add(num: 2, requestId: "{run}")
          final: delete(requestId: "{run}")
        }
      `,
      data: { five: 5, ten: 10, twelve: 12, final: 12 },
    },
    {
      query: 'mutation { addCategory(name: "new", requestId: "{run}") { id name } }',
      data: { addCategory: { id: 'c-added-{run}', name: 'new' } },
    },
  ],
}
