package dev.fermata.tool.command;

/** What a program's return code says, in words; 128 + n stands for signal n, as in a shell. */
final class ReturnCode {

  private ReturnCode() {}

  static String inWords(int code) {
    return "Exit code "
        + code
        + switch (code) {
          case 126 -> ": the program is not executable.";
          case 127 -> ": program not found.";
          case 129 -> ": hung up (SIGHUP).";
          case 130 -> ": interrupted (SIGINT).";
          case 132 ->
              ": illegal instruction (SIGILL), often a program built for another processor.";
          case 134 -> ": aborted (SIGABRT), often a full disk.";
          case 135 -> ": bus error (SIGBUS), often a full disk.";
          case 136 -> ": arithmetic error (SIGFPE).";
          case 137 -> ": killed (SIGKILL): out of memory or a limit.";
          case 139 -> ": segmentation fault (SIGSEGV).";
          case 141 -> ": broken pipe (SIGPIPE).";
          case 143 -> ": terminated (SIGTERM).";
          case 152 -> ": processor time limit (SIGXCPU).";
          case 153 -> ": file size limit (SIGXFSZ).";
          default -> ".";
        };
  }
}
