        fn allocate_$n(pool: &Pool, request: &Request) -> Result<Box<Block>>;
