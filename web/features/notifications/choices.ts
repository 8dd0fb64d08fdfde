'use client'

import { DeviceChoice } from '../../lib/device-choice'
import { notifyChoices } from './model/ring'

export const notifyChoice = new DeviceChoice('parley:notify', notifyChoices)
export const soundChoice = new DeviceChoice('parley:notify-sound', ['on', 'off'])
/** What messages say: to be read by who passes by, or not. */
export const textChoice = new DeviceChoice('parley:notify-text', ['shown', 'hidden'])
/** Whether the line that offers notifications was answered. */
export const offerChoice = new DeviceChoice('parley:notify-offer', ['open', 'dismissed'])
