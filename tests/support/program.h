// Runs the real program as a shell would, and keeps what it said.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

namespace tests {

inline void write_file(const std::filesystem::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Said {
  int status = -1;  // 128 + n: ended by signal n
  std::string out;
  std::string err;
  std::string last_line() const {
    const std::string text = out.substr(0, out.find_last_not_of('\n') + 1);
    return text.substr(text.rfind('\n') + 1);
  }
};

struct Running {
  std::string input = {};                     // for its stdin
  std::function<void()> before_exec = [] {};  // in the child: limits
  std::vector<std::string> wrapper = {};      // a program that runs it, such as unshare
};

inline Said run_command(const std::vector<std::string>& words, const Running& how = {}) {
  const TempFolder folder;
  write_file(folder / "in", how.input);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const auto redirect = [&](const char* name, int flags, int to) {
      dup2(open((folder / name).c_str(), flags, 0600), to);
    };
    redirect("in", O_RDONLY, 0);
    redirect("out", O_WRONLY | O_CREAT, 1);
    redirect("err", O_WRONLY | O_CREAT, 2);
    how.before_exec();
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          read_file(folder / "out"), read_file(folder / "err")};
}

// A data folder of its own and the program working on it.
class Shop {
 public:
  Said operator()(std::vector<std::string> words, const Running& how = {}) const {
    words.insert(words.begin(), TRESEN_PROGRAM);
    words.insert(words.end(), {"--data", data().string()});
    words.insert(words.begin(), how.wrapper.begin(), how.wrapper.end());
    return run_command(words, how);
  }
  // Says it and expects status 0.
  Said must(std::vector<std::string> words, const Running& how = {}) const {
    Said said = (*this)(std::move(words), how);
    REQUIRE_MESSAGE(said.status == 0, said.err);
    return said;
  }
  std::filesystem::path data() const { return folder_ / "data"; }
  std::filesystem::path store() const { return data() / "till.db"; }
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  std::string write(const std::string& name, std::string_view text) const {
    write_file(file(name), text);
    return file(name).string();
  }

 private:
  TempFolder folder_;
};

// A file of the tests.
inline std::string data_file(const std::string& name) {
  return TRESEN_SOURCE "/tests/data/" + name;
}

}  // namespace tests
