"""What can happen in the studio. The only room that touches rows; API, pages and jobs are three doors to it."""
