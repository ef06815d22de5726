export function inkTableAsModule(code: string): string;
