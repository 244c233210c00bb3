package ppl.cli;
public final class Ppl { public static void main(String[] a) { System.out.println("ppl 0.1.0"); } }
