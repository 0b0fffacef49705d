/** True when the caller wants a kernel to stop: a deadline passed or a job was cancelled. Polled between steps. */
export type Interrupt = () => boolean;

export const neverInterrupt: Interrupt = () => false;

/** Told by kernels how far they are, from 0 to 1, never falling; at any rate. */
export type Report = (share: number) => void;

export const reportToNobody: Report = () => undefined;
