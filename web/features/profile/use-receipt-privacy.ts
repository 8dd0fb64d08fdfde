'use client'

import { useMutation, useQuery } from '@apollo/client/react'
import { ReceiptPrivacyDocument, SetReceiptPrivacyDocument } from './__generated__/profile'

/**
 * Whether the viewer hides how far they have read; null until it is known, for which it must be wanted. What fails
 * changes nothing.
 */
export function useReceiptPrivacy(
  isWanted: boolean,
): [isHidden: boolean | null, setHidden: (isHidden: boolean) => Promise<void>] {
  const { data } = useQuery(ReceiptPrivacyDocument, { skip: !isWanted })
  const [setPrivacy] = useMutation(SetReceiptPrivacyDocument, {
    update: (cache, { data: answer }) => {
      const receiptPrivacy = answer?.setReceiptPrivacy?.receiptPrivacy
      if (receiptPrivacy) cache.writeQuery({ query: ReceiptPrivacyDocument, data: { receiptPrivacy } })
    },
  })
  const setHidden = async (isHidden: boolean) => {
    try {
      await setPrivacy({ variables: { input: { isHidden } } })
    } catch {
      // Nothing has changed.
    }
  }
  return [data?.receiptPrivacy?.isHidden ?? null, setHidden]
}
