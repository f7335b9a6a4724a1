// A phone number written as people write it, kept as it is dialled. Must never add a country: nobody said which.
export const compact = (number: string): string => number.replaceAll(/[\s()-]/g, '');
