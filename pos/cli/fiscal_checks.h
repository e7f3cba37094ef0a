// tresen fiscal check-tar, check-qr and check-export: whether what a security device or an
// export says holds, whoever made it. They need no store.
#pragma once

#include <optional>
#include <string>

#include "pos/cli/command.h"

namespace pos::cli {

class FiscalChecks {
 public:
  explicit FiscalChecks(CLI::App& app);
  // Nothing: none of them was named.
  std::optional<Status> run(const Common& common) const;

 private:
  CLI::App *tar_ = nullptr, *qr_ = nullptr, *export_ = nullptr;
  std::string tar_file_, qr_text_, export_file_;
  bool is_whole_ = false;
};

}  // namespace pos::cli
