#include "pos/support/log_file.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace pos {

namespace {

namespace fs = std::filesystem;

fs::path log_folder(const fs::path& data) {
  return data / "log";
}

}  // namespace

void keep_log(const fs::path& data) {
  constexpr std::size_t most_bytes = 512 * 1024, files_before = 1;
  try {
    auto file = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
        (log_folder(data) / "till.log").string(), most_bytes, files_before);
    // A till that was left for another one logs there alone.
    static const auto on_screen = spdlog::default_logger()->sinks();
    auto both = on_screen;
    both.push_back(file);
    auto logger = std::make_shared<spdlog::logger>("", both.begin(), both.end());
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
    // That is no news for whoever started it.
    spdlog::logger("", std::move(file)).info("tresen {} opens {}", TRESEN_VERSION, data.string());
  } catch (const spdlog::spdlog_ex& error) {
    spdlog::warn("{}", error.what());
  }
}

std::vector<fs::path> log_files(const fs::path& data) {
  std::vector<fs::path> files;
  std::error_code fault;
  for (fs::directory_iterator at(log_folder(data), fault), end; !fault && at != end;
       at.increment(fault)) {
    std::error_code unknown;
    if (at->path().extension() == ".log" && at->is_regular_file(unknown)) {
      files.push_back(at->path());
    }
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace pos
