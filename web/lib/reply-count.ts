export const replyCount = (count: number): string => `${count} ${count === 1 ? 'reply' : 'replies'}`
