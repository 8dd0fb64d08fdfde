import {
  Args,
  Directive,
  Field,
  Float,
  ID,
  Int,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  ResolveReference,
  Resolver,
} from '@nestjs/graphql'

// The schema that apollographql/apollo-federation-subgraph-compatibility asks a library to serve, in our words. Its own
// composed directive is one of ours.

@ObjectType()
@Directive('@shareable')
class ProductDimension {
  @Field(() => String, { nullable: true })
  size!: string | null

  @Field(() => Float, { nullable: true })
  weight!: number | null

  @Directive('@inaccessible')
  @Field(() => String, { nullable: true })
  unit!: string | null
}

@ObjectType()
class ProductVariation {
  @Field(() => ID)
  id!: string
}

@ObjectType()
class CaseStudy {
  @Field(() => ID)
  caseNumber!: string

  @Field(() => String, { nullable: true })
  description!: string | null
}

@ObjectType()
@Directive('@key(fields: "study { caseNumber }")')
class ProductResearch {
  @Field(() => CaseStudy)
  study!: CaseStudy

  @Field(() => String, { nullable: true })
  outcome!: string | null
}

@ObjectType()
@Directive('@extends')
@Directive('@key(fields: "email")')
class User {
  @Directive('@external')
  @Field(() => ID)
  email!: string

  @Directive('@override(from: "users")')
  @Field(() => String, { nullable: true })
  name!: string | null

  @Directive('@external')
  @Field(() => Int, { nullable: true })
  totalProductsCreated!: number | null

  @Directive('@external')
  @Field(() => Int)
  yearsOfEmployment!: number
}

@ObjectType()
@Directive('@key(fields: "sku package")')
class DeprecatedProduct {
  @Field(() => String)
  sku!: string

  @Field(() => String)
  package!: string

  @Field(() => String, { nullable: true })
  reason!: string | null

  @Field(() => User, { nullable: true })
  createdBy!: User | null
}

@ObjectType()
@Directive('@perViewer')
@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku package")')
@Directive('@key(fields: "sku variation { id }")')
class Product {
  @Field(() => ID)
  id!: string

  @Field(() => String, { nullable: true })
  sku!: string | null

  @Field(() => String, { nullable: true })
  package!: string | null

  @Field(() => ProductVariation, { nullable: true })
  variation!: ProductVariation | null

  @Field(() => ProductDimension, { nullable: true })
  dimensions!: ProductDimension | null

  @Directive('@provides(fields: "totalProductsCreated")')
  @Field(() => User, { nullable: true })
  createdBy!: User | null

  @Directive('@tag(name: "internal")')
  @Field(() => String, { nullable: true })
  notes!: string | null

  @Field(() => [ProductResearch])
  research!: ProductResearch[]
}

@ObjectType()
@Directive('@interfaceObject')
@Directive('@key(fields: "id")')
class Inventory {
  @Field(() => ID)
  id!: string

  @Field(() => [DeprecatedProduct])
  deprecatedProducts!: DeprecatedProduct[]
}

const author: User = {
  email: 'support@apollographql.com',
  name: 'Jane Smith',
  totalProductsCreated: 1337,
  yearsOfEmployment: 10,
}
const deprecated: DeprecatedProduct = {
  sku: 'apollo-federation-v1',
  package: '@apollo/federation-v1',
  reason: 'Migrate to Federation V2',
  createdBy: author,
}
const federationStudy: ProductResearch = {
  study: { caseNumber: '1234', description: 'Federation Study' },
  outcome: null,
}
const productOf = (name: string, variation: string, research: ProductResearch[]): Product => ({
  id: `apollo-${name}`,
  sku: name,
  package: `@apollo/${name}`,
  variation: { id: variation },
  dimensions: { size: 'small', weight: 1, unit: 'kg' },
  createdBy: author,
  notes: null,
  research,
})
const products = [productOf('federation', 'OSS', [federationStudy]), productOf('studio', 'platform', [])]

@Resolver(() => Product)
class ProductResolver {
  @Query(() => Product, { nullable: true })
  product(@Args('id', { type: () => ID }) id: string): Product | null {
    return products.find((product) => product.id === id) ?? null
  }

  @ResolveReference()
  ofKey(key: Partial<Product>): Product | null {
    const byId = products.find(({ id }) => id === key.id)
    const ofSku = products.filter(({ sku }) => sku === key.sku)
    return (
      byId ?? ofSku.find((each) => each.package === key.package || each.variation?.id === key.variation?.id) ?? null
    )
  }
}

@Resolver(() => DeprecatedProduct)
class DeprecatedProductResolver {
  @Query(() => DeprecatedProduct, { nullable: true, deprecationReason: 'Use product query instead' })
  deprecatedProduct(@Args('sku') sku: string, @Args('package') name: string): DeprecatedProduct | null {
    return sku === deprecated.sku && name === deprecated.package ? deprecated : null
  }

  @ResolveReference()
  ofKey(key: DeprecatedProduct): DeprecatedProduct | null {
    return this.deprecatedProduct(key.sku, key.package)
  }
}

@Resolver(() => ProductResearch)
class ProductResearchResolver {
  @ResolveReference()
  ofKey({ study }: ProductResearch): ProductResearch | null {
    return study.caseNumber === federationStudy.study.caseNumber ? federationStudy : null
  }
}

@Resolver(() => User)
class UserResolver {
  @ResolveReference()
  ofKey({ email, ...required }: User): User | null {
    return email === author.email ? Object.assign({}, author, required) : null
  }

  @Directive('@requires(fields: "totalProductsCreated yearsOfEmployment")')
  @ResolveField(() => Int, { nullable: true })
  averageProductsCreatedPerYear(@Parent() user: User): number | null {
    return user.totalProductsCreated === null ? null : Math.round(user.totalProductsCreated / user.yearsOfEmployment)
  }
}

@Resolver(() => Inventory)
class InventoryResolver {
  @ResolveReference()
  ofKey({ id }: Inventory): Inventory {
    return { id, deprecatedProducts: [deprecated] }
  }
}

export const productsResolvers = [
  ProductResolver,
  DeprecatedProductResolver,
  ProductResearchResolver,
  UserResolver,
  InventoryResolver,
]

/** No field leads to it. */
export const orphanedTypes = [Inventory]

export const productsDirectives = [
  '@extends',
  '@external',
  '@inaccessible',
  '@interfaceObject',
  '@key',
  '@override',
  '@provides',
  '@requires',
  '@shareable',
  '@tag',
]
