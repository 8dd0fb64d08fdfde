import { notFound } from 'next/navigation'
import { placeOf } from '../../lib/place'
import { Screen } from './screen'

interface Props {
  readonly params: Promise<{ place?: string[] }>
}

/** One page for every address: what it shows is decided in the browser, which moves between them without the server. */
export default async function Page({ params }: Props) {
  const { place = [] } = await params
  if (placeOf(`/${place.join('/')}`) === null) notFound()
  return <Screen />
}
