package ppl.cli;
public final class Warmup { public static void main(String[] a) { Ppl.main(a); } }
