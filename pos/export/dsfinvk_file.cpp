#include "pos/export/dsfinvk_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>
#include <vector>

#include "pos/export/zip_file.h"

namespace pos {

namespace {

namespace dsfinvk = core::dsfinvk;

constexpr const char* index_name = "index.xml";

tl::unexpected<std::string> part_trouble(const std::filesystem::path& file) {
  return tl::unexpected(fmt::format("{}: {}", file.string(), std::strerror(errno)));
}

bool write_text(const std::filesystem::path& file, std::string_view text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  return stream.good();
}

}  // namespace

DsfinvkFile::DsfinvkFile(std::filesystem::path zip)
    : zip_(std::move(zip)),
      folder_(zip_.string() + ".parts"),
      writer_([this](dsfinvk::File file, std::string_view row) { put(file, row); }) {}

DsfinvkFile::~DsfinvkFile() {
  close_parts();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

core::Result<core::Done, std::string> DsfinvkFile::open() {
  std::error_code fault;
  std::filesystem::remove_all(folder_, fault);
  if (!std::filesystem::create_directory(folder_, fault)) {
    return tl::unexpected(fmt::format("{}: {}", folder_.string(), fault.message()));
  }
  for (const dsfinvk::Table& table : dsfinvk::tables()) {
    std::FILE*& part = parts_[dsfinvk::place_of(table.file)];
    part = std::fopen(part_of(table.name).c_str(), "we");
    if (!part) return part_trouble(part_of(table.name));
    if (table.file == dsfinvk::File::tse) continue;  // what columns it has is known at the end
    const std::string headings = writer_.headings(table.file);
    std::fwrite(headings.data(), 1, headings.size(), part);
  }
  return core::Done{};
}

void DsfinvkFile::put(dsfinvk::File file, std::string_view row) {
  // A write that fails is remembered by the stream.
  std::fwrite(row.data(), 1, row.size(), parts_[dsfinvk::place_of(file)]);
}

core::Result<core::Done, std::string> DsfinvkFile::close_parts() {
  core::Result<core::Done, std::string> closed = core::Done{};
  for (const dsfinvk::Table& table : dsfinvk::tables()) {
    std::FILE* part = std::exchange(parts_[dsfinvk::place_of(table.file)], nullptr);
    if (!part) continue;
    const bool has_failed = std::ferror(part) != 0;
    if (std::fclose(part) != 0 || has_failed) closed = part_trouble(part_of(table.name));
  }
  return closed;
}

core::Result<core::Done, std::string> DsfinvkFile::save(core::Instant now) {
  put(dsfinvk::File::tse, writer_.headings(dsfinvk::File::tse));
  writer_.finish();
  if (auto closed = close_parts(); !closed) return closed;
  for (const auto& [name, text] :
       {std::pair<std::string_view, std::string>{index_name, writer_.index_xml()},
        {dsfinvk::dtd_name, std::string(dsfinvk::dtd_text())}}) {
    if (!write_text(part_of(name), text)) return part_trouble(part_of(name));
  }
  std::vector<ZipEntry> entries;
  for (const std::string_view name : {std::string_view(index_name), dsfinvk::dtd_name}) {
    entries.push_back({std::string(name), part_of(name)});
  }
  for (const dsfinvk::Table& table : dsfinvk::tables()) {
    entries.push_back({std::string(table.name), part_of(table.name)});
  }
  return write_zip(zip_, entries, now);
}

core::Result<dsfinvk::CheckReport, std::string> check_dsfinvk(const std::filesystem::path& zip) {
  const auto names = names_in_zip(zip);
  if (!names) return tl::unexpected(names.error());
  const auto is_there = [&](std::string_view name) {
    return std::find(names->begin(), names->end(), name) != names->end();
  };
  dsfinvk::ExportCheck check;
  for (const std::string_view name : {std::string_view(index_name), dsfinvk::dtd_name}) {
    if (!is_there(name)) check.miss(name);
  }
  for (const dsfinvk::File file : dsfinvk::ExportCheck::order()) {
    const std::string_view name = dsfinvk::table_of(file).name;
    if (!is_there(name)) {
      check.miss(name);
      continue;
    }
    const auto read =
        read_in_zip(zip, name, [&](std::istream& content) { check.read(file, content); });
    if (!read) return tl::unexpected(read.error());
  }
  return check.finish();
}

}  // namespace pos
