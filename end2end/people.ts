// The accounts of the demo.
export const PASSWORD = 'demo-password';

export const COORDINATOR = 'coordinator@astra.example';
export const ASTRA = 'partner@astra.example';
export const EMMAUS = 'partner@emmaus.example';
export const CLCI = 'partner@clci.example';
export const DONOR = 'donor@eu.example';
export const OBSERVER = 'observer@institution.example';
